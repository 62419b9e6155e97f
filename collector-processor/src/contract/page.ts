import { Type, type TSchema } from 'typebox';

/** Part of every list query. */
export const pageQuery = {
  cursor: Type.Optional(
    Type.String({
      maxLength: 1000,
      description: '`nextCursor` of the page before. Other parameters must stay the same.',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: 'Rows on a page; 50 when absent.' })),
};

/** A page of a list. Walking the cursors shows every row whose place in the order stays the same exactly once. */
export function Page<Item extends TSchema>(item: Item, title: string) {
  return Type.Object(
    {
      items: Type.Array(item),
      total: Type.Integer({ minimum: 0, description: 'Rows that fit the filters, counted up to a bound.' }),
      totalIsExact: Type.Boolean({ description: 'False when there are more than `total` says.' }),
      nextCursor: Type.Optional(Type.String({ description: 'Absent on the last page.' })),
    },
    { title, additionalProperties: false },
  );
}
