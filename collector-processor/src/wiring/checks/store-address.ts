import type { Settings } from '../../config/schema.ts';
import type { SettingFault } from '../../runtime/yaml/problem.ts';

/** A store that is neither a file nor PostgreSQL. The address is not shown: it may hold a password. */
export function checkStoreAddress({ store: { url } }: Settings): SettingFault[] {
  const parsed = URL.parse(url);
  if (url === '' || (parsed !== null && /^postgres(?:ql)?:$/.test(parsed.protocol))) return [];
  return [
    {
      paths: [['store', 'url']],
      message: 'This is no address of a PostgreSQL database.',
      remedy:
        'Write postgres://user:password@host:5432/database, with % escapes in the password; for SQLite set path instead.',
    },
  ];
}
