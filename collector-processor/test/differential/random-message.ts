import { type FieldType, type MessageName, type MessageType, messageType } from '../../src/model/otlp/schema.ts';
import { type Random } from '../../src/testing/random.ts';

/** A message with any of the fields that its table names, in OTLP/JSON naming. Small on purpose: many, not large. */
export function randomMessage(name: MessageName, random: Random): Record<string, unknown> {
  return messageOf(messageType(name), random, 0);
}

const DEEPEST = 11;

/** Strings that mean something to the scanner come more often than others. */
const words: Readonly<Record<string, readonly string[]>> = {
  key: [
    'service.name',
    'service.instance.id',
    'deployment.environment',
    'k8s.pod.name',
    'http.route',
    'http.request.method',
    'http.response.status_code',
    'db.system.name',
    'db.system',
    'server.address',
    'exception.type',
    'event.name',
    'session.id',
    'user.id',
    'SampleRate',
    'a',
  ],
  name: ['exception', 'GET /cart', 'é', 'queue.depth', 'http.server.request.duration'],
  traceState: [
    'ot=th:8',
    'ot=th:c;rv:12345678901234,x=y',
    'x=1, ot=rv:1;th:fffffff',
    'ot=th:xyz',
    'ot=th:ffffffffffffff',
    'congo=t61',
  ],
  severityText: ['INFO', 'ERROR'],
  unit: ['ms', 'By'],
};
const anyWords = ['', '3', 'checkout', '\u{FEFF}bom', 'x'.repeat(130), 'y'.repeat(300)];

function messageOf(type: MessageType, random: Random, depth: number): Record<string, unknown> {
  const message: Record<string, unknown> = {};
  for (const field of present(type, random, depth)) {
    const count = field.repeated ? (depth < 3 ? 1 + random.integer(2) : random.integer(4)) : 1;
    const values = Array.from({ length: count }, () => valueOf(field, random, depth));
    message[field.name] = field.repeated ? values : values[0];
  }
  return message;
}

/** At most one member of a oneof; what carries items nearly always, everything else two times in three. */
function present({ name, fields }: MessageType, random: Random, depth: number): FieldType[] {
  const chosen = random.pick(fields.filter((field) => field.oneof));
  const often = /^(Export|Resource(Spans|Metrics|Logs)|Scope|Gauge|Sum|Hist|Exp)/.test(name);
  return fields.filter((field) => {
    if (field.message !== undefined && depth >= DEEPEST) return false;
    if (field.oneof) return field === chosen && !random.oneIn(8);
    return often ? !random.oneIn(8) : !random.oneIn(3);
  });
}

function valueOf(field: FieldType, random: Random, depth: number): unknown {
  if (field.message !== undefined) return messageOf(field.message, random, depth + 1);
  return scalars[field.scalar](random, field.name);
}

const signed32 = [0, 1, -1, 20, -2147483648, 2147483647];
const unsigned32 = [0, 1, 257, 4294967295];
const signed64 = [0n, 1n, -1n, 200n, 404n, 5000n, 2n ** 63n - 1n, -(2n ** 63n)];
const unsigned64 = [0n, 1n, 300n, 1767225600000000001n, 2n ** 64n - 1n];
const doubles = [0, -0, 1.5, -2, 1e300, NaN, Infinity];

const scalars: Readonly<Record<FieldType['scalar'], (random: Random, name: string) => unknown>> = {
  string: (random, name) => random.pick(random.oneIn(4) ? anyWords : (words[name] ?? anyWords)),
  id: (random, name) => random.bytes(random.oneIn(10) ? random.integer(20) : name === 'traceId' ? 16 : 8),
  bytes: (random) => random.bytes(random.integer(6)),
  message: () => ({}),
  bool: (random) => random.oneIn(2),
  double: (random) => (random.oneIn(3) ? random.next() : random.pick(doubles)),
  enum: (random) => (random.oneIn(10) ? random.pick([-1, 256, 300]) : random.integer(6)),
  int32: (random) => random.pick(signed32),
  sint32: (random) => random.pick(signed32),
  uint32: (random) => random.pick(unsigned32),
  fixed32: (random) => random.pick(unsigned32),
  int64: (random) => random.pick(signed64),
  sfixed64: (random) => random.pick(signed64),
  uint64: (random) => random.pick(unsigned64),
  fixed64: (random) => (random.oneIn(3) ? BigInt(random.integer(1e9)) : random.pick(unsigned64)),
};
