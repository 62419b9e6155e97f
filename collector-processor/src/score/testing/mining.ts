import { createTemplateMiner, type TemplateMiner, type TemplateMinerOptions } from '../logs/template-miner.ts';
import { createTemplateOwner, type TemplateOwner } from '../logs/template-owners.ts';

const owners = new WeakMap<TemplateMiner, TemplateOwner>();

/** A miner in which one service may fill all the room. */
export function createTestMiner(maxTemplates: number, changes: Partial<TemplateMinerOptions> = {}): TemplateMiner {
  const room = { maxTemplates, maxTemplatesPerService: maxTemplates, maxNewTemplates: Infinity };
  return createTemplateMiner({ ...room, ...changes });
}

/** The only service there is, unless a test makes more of them. */
export function anyone(miner: TemplateMiner): TemplateOwner {
  const owner = owners.get(miner) ?? createTemplateOwner();
  owners.set(miner, owner);
  return owner;
}

export function learnLine(miner: TemplateMiner, line: string, owner = anyone(miner)): number {
  const bytes = Buffer.from(line);
  return miner.learn(bytes, 0, bytes.length, owner);
}
