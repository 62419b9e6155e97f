import type { ShadowDesk } from '../../api/shadow-desk.ts';
import type { IncidentSummary } from '../../model/incident.ts';
import type { ShadowNote, ShadowReport } from '../../model/shadow.ts';
import { withRule } from '../../score/tuning/matches.ts';
import type { IncidentStore } from '../../store/incident-store.ts';
import { overtaken } from './feedback-desk.ts';
import type { Acting, VersionMaker } from './version-maker.ts';

export interface ShadowDeskParts {
  readonly shadow: () => ShadowReport | undefined;
  readonly incidents: Pick<IncidentStore, 'list'>;
  readonly versions: VersionMaker;
  readonly maxRules: number;
}

/** Incidents of the time of the notes that are looked through, the newest. */
const MAX_INCIDENTS = 500;

export function createShadowDesk({ shadow, incidents, versions, maxRules }: ShadowDeskParts): ShadowDesk {
  /** Incidents that went on at the time of any of the notes. */
  async function around(notes: readonly ShadowNote[]): Promise<readonly IncidentSummary[]> {
    if (notes.length === 0) return [];
    const fromMs = notes.reduce((least, { startMs }) => Math.min(least, startMs), Infinity);
    const toMs = notes.reduce((most, { endMs }) => Math.max(most, endMs), 0) + 1;
    return (await incidents.list({ filter: { fromMs, toMs }, limit: MAX_INCIDENTS })).items;
  }

  return {
    async report() {
      const report = shadow();
      if (report === undefined) return { state: 'off' };
      const known = await around(report.notes);
      const notes = report.notes.map((note) => {
        const incidentId = known.find((incident) => isWithin(note, incident))?.id;
        return { ...note, ...(incidentId === undefined ? {} : { incidentId }) };
      });
      const raised = notes.filter(({ kind }) => kind === 'raised');
      const insideIncidents = raised.filter(({ incidentId }) => incidentId !== undefined).length;
      return { state: 'running', report: { ...report, notes, looked: raised.length, insideIncidents } };
    },
    async promote(reason, author) {
      const report = shadow();
      if (report === undefined) {
        return { kind: 'conflict', message: 'Nothing runs in shadow (score.shadow.enabled).' };
      }
      if (report.settings.rules.length > maxRules) {
        return { kind: 'conflict', message: `The shadow has more than ${maxRules} rules (feedback.max_rules).` };
      }
      const why = ['Promoted from the shadow.', reason].filter((part) => part !== '').join(' ');
      const outcome = await versions.add(() => actingOf(report), { ...author, why });
      return outcome === 'overtaken' ? overtaken : { kind: 'done', value: outcome.version };
    },
  };
}

function actingOf({ settings: { rules, ...settings } }: ShadowReport): Acting {
  return { rules: rules.reduce(withRule, []), settings };
}

function isWithin({ series, startMs, endMs }: ShadowNote, incident: IncidentSummary): boolean {
  return (
    incident.tenant === series.tenant &&
    incident.services.includes(series.service) &&
    incident.startMs <= endMs &&
    incident.endMs >= startMs
  );
}
