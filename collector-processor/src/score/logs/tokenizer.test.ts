import { describe, expect, test } from '@jest/globals';
import { createTestMiner, learnLine } from '../testing/mining.ts';

function templateOf(line: string): string {
  const miner = createTestMiner(10);
  return miner.text(learnLine(miner, line));
}

describe('what varies becomes a hole', () => {
  test.each([
    ['order 4711 shipped in 12.5 ms', 'order <*> shipped in <*>'],
    ['close, 0 bytes sent, 1.4 KB received', 'close <*> sent <*> received'],
    ['user 3f2504e0-4f89-11d3-9a0c-0305e82c3301 logged in', 'user <*> logged in'],
    ['session=deadbeefcafe expired', 'session <*> expired'],
    ['took 1 2 3 4 steps', 'took <*> steps'],
    ['worker-7 done', '<*> done'],
    ['proxy.example.org:5070 close', '<*> close'],
    ['resolved api.shop.example.com slowly', 'resolved <*> slowly'],
    ['connect to 10.0.0.12:8080 refused', 'connect to <*> refused'],
    ['neighbour fe80::abcd:ef on link', 'neighbour <*> on link'],
    ['peer aa:bb:cc:dd:ee:ff left', 'peer <*> left'],
    ['mail to ana@example.org bounced', 'mail to <*> bounced'],
    ['https://shop.example/a?b=c,d not found', '<*> not found'],
    ['read /var/lib/shop and conf/server.xml', 'read <*> and <*>'],
    [String.raw`loaded C:\shop\bin\cart.dll twice`, 'loaded <*> twice'],
    ['started at Tue Mar 3 12:00:00 UTC 2026 by cron', 'started at <*> by cron'],
    ['retry=true force=no owner=null', 'retry <*> force <*> owner <*>'],
    ['views changed to anna,berta,carl today', 'views changed to <*> today'],
    ['handlers for [TERM, HUP, INT] set', 'handlers for <*> set'],
    ['state {phase: ready, left: none} kept', 'state <*> kept'],
    ["cannot open '/etc/some file' for reading", 'cannot open <*> for reading'],
    ['label "blue green" missing', 'label <*> missing'],
    ['login rhost= user=root', 'login rhost <*> user root'],
    ['p95=12ms md5=77 on path', 'p95 <*> md5 <*> on path'],
    ['cache................7 entries', 'cache <*> entries'],
    ['\u001b[31mERROR\u001b[0m cart is broken', 'ERROR cart is broken'],
  ])('%s', (line, template) => {
    expect(templateOf(line)).toBe(template);
  });
});

describe('what says something stays', () => {
  test.each([
    ['read/write error', 'read/write error'],
    ['user said "it is broken', 'user said it is broken'],
    ["can't go on, 'the disk is full'", 'can t go on the disk is full'],
    ['[payments] card declined', 'payments card declined'],
    ['org.shop.cart.CartService failed to start.', 'org.shop.cart.CartService failed to start'],
    ['10.0.0.1 - - [03/Mar/2026:12:00:00 +0000] "GET /cart/7 HTTP/1.1" 200 512', '<*> GET <*>'],
    ['level=warn msg="no stock for item 12 left" item=12', 'level warn msg no stock for item <*> left item <*>'],
  ])('%s', (line, template) => {
    expect(templateOf(line)).toBe(template);
  });
});

describe('of a JSON object the message is read', () => {
  test.each([
    ['{"level":"info","msg":"user 5 logged in","took":12}', 'user <*> logged in'],
    ['{ "time": 1, "error": {"message": "inner"}, "message": "cart of \\"ana\\" is empty" }', 'cart of ana is empty'],
    ['{"error":"no route to host","attempt":3}', 'no route to host'],
    ['{"event":"paid","message":"order 7 paid"}', 'order <*> paid'],
  ])('%s', (line, template) => {
    expect(templateOf(line)).toBe(template);
  });

  test.each(['{"a":1,"b":"two"}', '{"message":', '{"msg":"cut of', '{"'])(
    'without one it is a line like any: %s',
    (line) => {
      expect(() => templateOf(line)).not.toThrow();
    },
  );
});

describe('of several lines', () => {
  test('the first counts', () => {
    expect(templateOf('TypeError: x is undefined\n    at cart.ts:12\n    at shop.ts:3')).toBe(
      'TypeError x is undefined',
    );
  });

  test('the first that has words counts', () => {
    expect(templateOf('\n\n***\ncart opened\nmore')).toBe('cart opened');
  });

  test('of a very long one whole words count', () => {
    const line = 'word '.repeat(300);
    expect(new Set(templateOf(line).split(' '))).toEqual(new Set(['word']));
  });
});
