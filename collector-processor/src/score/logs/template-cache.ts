import { rootOf, type Template } from './template.ts';

/** Places of one set. */
const WAYS = 4;

/**
 * From a hash to a template. A hash has a set of four places, of which the one not used for longest is given away: nothing
 * is ever rehashed or swept, so every call costs the same. What is forgotten here is found again by a longer way.
 */
export class TemplateCache {
  private readonly mask: number;
  private readonly lows: Int32Array;
  private readonly highs: Int32Array;
  private readonly uses: Uint32Array;
  private readonly templates: (Template | undefined)[];
  private now = 0;

  constructor(capacity: number) {
    const sets = 2 ** Math.ceil(Math.log2(Math.max(1, capacity / WAYS)));
    this.mask = sets - 1;
    this.lows = new Int32Array(sets * WAYS);
    this.highs = new Int32Array(sets * WAYS);
    this.uses = new Uint32Array(sets * WAYS);
    this.templates = new Array<Template | undefined>(sets * WAYS).fill(undefined);
  }

  /** The live template, or undefined. */
  get(low: number, high: number): Template | undefined {
    const { lows, highs } = this;
    const first = (low & this.mask) * WAYS;
    for (let place = first; place < first + WAYS; place++) {
      if (lows[place] === low && highs[place] === high) return this.take(place);
    }
    return undefined;
  }

  private take(place: number): Template | undefined {
    const template = this.templates[place];
    if (template === undefined) return undefined;
    this.uses[place] = ++this.now;
    if (template.into === undefined && !template.gone) return template;
    const root = rootOf(template);
    return (this.templates[place] = root.gone ? undefined : root);
  }

  set(low: number, high: number, template: Template): void {
    const first = (low & this.mask) * WAYS;
    let chosen = first;
    for (let place = first; place < first + WAYS; place++) {
      if (this.lows[place] === low && this.highs[place] === high) {
        chosen = place;
        break;
      }
      if ((this.uses[place] as number) < (this.uses[chosen] as number)) chosen = place;
    }
    this.lows[chosen] = low;
    this.highs[chosen] = high;
    this.templates[chosen] = template;
    this.uses[chosen] = ++this.now;
  }

  /** What is known of live templates: hash and number of the template, three for each. */
  numbers(): Int32Array {
    const numbers: number[] = [];
    for (const [place, template] of this.templates.entries()) {
      const root = template === undefined ? undefined : rootOf(template);
      if (root === undefined || root.gone) continue;
      numbers.push(this.lows[place] as number, this.highs[place] as number, root.id);
    }
    return Int32Array.from(numbers);
  }
}
