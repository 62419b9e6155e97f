import { createStore, type Store, type StoreDependencies } from './create-store.ts';
import { openDatabase } from './open-database.ts';

/** Opens the store of the settings, a fresh one when there is none; brings one of an earlier release to this one. */
export async function openStore(dependencies: StoreDependencies): Promise<Store> {
  const opened = await openDatabase(dependencies);
  try {
    return await createStore({ ...dependencies, ...opened });
  } catch (error) {
    await opened.close();
    throw error;
  }
}
