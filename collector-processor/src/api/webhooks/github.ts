import { type Static, Type } from 'typebox';
import { firstOf, type Given, pastOf, type Told } from './told.ts';

const text = Type.Optional(Type.String({ maxLength: 10_000 }));

/** GitHub's `deployment_status` and `release`; other fields are let pass. */
export const GithubWebhook = Type.Object(
  {
    action: text,
    deployment: Type.Optional(
      Type.Object({
        id: Type.Integer(),
        sha: text,
        ref: text,
        environment: text,
        payload: Type.Optional(Type.Unknown()),
      }),
    ),
    deployment_status: Type.Optional(Type.Object({ state: Type.String({ maxLength: 100 }), created_at: text })),
    release: Type.Optional(
      Type.Object({ id: Type.Integer(), tag_name: Type.String({ maxLength: 500 }), published_at: text }),
    ),
    repository: Type.Optional(Type.Object({ name: Type.String({ maxLength: 500 }) })),
  },
  { title: 'GithubWebhook', description: 'Events `deployment_status` and `release`, as GitHub sends them.' },
);

const SHA_DIGITS = 12;

/** A deployment that succeeded, or a published release, is a deploy of the service that the address or the repository names. */
export function readGithub(posted: Static<typeof GithubWebhook>, given: Given): Told {
  const { action, deployment, deployment_status: status, release, repository } = posted;
  const service = firstOf(given.service, repository?.name);
  const nothing = (why: string): Told => ({ alerts: [], changes: [], ignored: [why] });
  if (service === '') return nothing('It names no service: give the address ?service=.');
  if (deployment !== undefined && status !== undefined) {
    if (status.state !== 'success')
      return nothing(`A deployment whose state is ${status.state} has changed nothing yet.`);
    const { id, sha, ref, environment } = deployment;
    const to = firstOf(versionIn(ref, sha), sha?.slice(0, SHA_DIGITS), String(id));
    const timeMs = pastOf(status.created_at, given);
    return deploy(`github-deployment-${String(id)}`, {
      service,
      to,
      timeMs,
      environment: firstOf(given.environment, environment),
    });
  }
  if (release !== undefined && action === 'published') {
    const timeMs = pastOf(release.published_at, given);
    const { environment } = given;
    return deploy(`github-release-${String(release.id)}`, { service, to: release.tag_name, timeMs, environment });
  }
  return nothing('Only deployment_status and published releases tell of a change.');
}

/** A tag says which version; a branch, such as main, does not. */
function versionIn(ref: string | undefined, sha: string | undefined): string {
  const name = (ref ?? '').replace(/^refs\/(tags|heads)\//, '');
  return name !== sha && /\d/.test(name) ? name : '';
}

interface Deploy {
  readonly service: string;
  readonly environment: string;
  readonly to: string;
  readonly timeMs: number;
}

function deploy(id: string, what: Deploy): Told {
  return { alerts: [], changes: [{ id, kind: 'deploy', from: '', ...what }], ignored: [] };
}
