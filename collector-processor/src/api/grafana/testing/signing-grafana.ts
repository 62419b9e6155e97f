import { generateKeyPairSync, sign } from 'node:crypto';
import type { Fetch } from '../signing-keys.ts';

interface TokenParts {
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
  /** As the JSON Web Algorithms want it when absent. */
  readonly encoding?: 'ieee-p1363' | 'der';
}

/** A Grafana as far as id tokens go: it signs, and its address answers with the public key. Seconds since the epoch. */
export function signingGrafana(nowSeconds: number, kid = 'id-2026-11-es256') {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
  const asked: string[] = [];
  const answer: Fetch = (url) => {
    asked.push(url);
    return Promise.resolve(Response.json({ keys: [jwk] }));
  };

  function token({ header = {}, claims = {}, encoding = 'ieee-p1363' }: TokenParts = {}): string {
    const head = part({ alg: 'ES256', typ: 'jwt', kid, ...header });
    const body = part({
      sub: 'user:2',
      type: 'user',
      username: 'ana',
      role: 'Editor',
      aud: ['org:1'],
      iss: 'http://localhost:3000/',
      iat: nowSeconds,
      exp: nowSeconds + 600,
      ...claims,
    });
    const signature = sign('sha256', Buffer.from(`${head}.${body}`), { key: privateKey, dsaEncoding: encoding });
    return `${head}.${body}.${signature.toString('base64url')}`;
  }

  return { jwk, publicKey, kid, token, fetch: answer, asked };
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
