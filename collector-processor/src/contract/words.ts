import { Type } from 'typebox';

/** One of some words, named in the document. */
export const words = <Word extends string>(title: string, all: readonly [Word, ...Word[]], description: string) =>
  Type.Enum([...all], { type: 'string', title, description });
