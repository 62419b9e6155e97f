/** An answer is longer than is allowed; the rest of it is not fetched. */
export class AnswerTooLong extends Error {
  constructor(maxBytes: number) {
    super(`the answer is longer than ${maxBytes} bytes`);
  }
}

/** Text of a reply, or undefined (and the rest is not fetched) when it is longer than `maxBytes`. */
export async function readCapped(response: Response, maxBytes: number): Promise<string | undefined> {
  let text = '';
  try {
    for await (const part of partsOf(response, maxBytes)) text += part;
    return text;
  } catch (error) {
    if (error instanceof AnswerTooLong) return undefined;
    throw error;
  }
}

/** Lines of a reply that are not empty, as they come; one is in memory. Throws AnswerTooLong. */
export async function* readLines(response: Response, maxBytes: number): AsyncGenerator<string> {
  let begun = '';
  for await (const part of partsOf(response, maxBytes)) {
    const [first = '', ...further] = part.split('\n');
    begun += first;
    for (const line of further) {
      if (begun !== '') yield begun;
      begun = line;
    }
  }
  if (begun !== '') yield begun;
}

async function* partsOf(response: Response, maxBytes: number): AsyncGenerator<string> {
  if (response.body === null) return;
  const decoder = new TextDecoder();
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> = response.body;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new AnswerTooLong(maxBytes);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}
