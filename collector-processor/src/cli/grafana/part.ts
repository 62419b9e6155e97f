/** Something that an installation made, with what it takes to undo exactly that. */
export type Made =
  | { readonly kind: 'folder'; readonly uid: string }
  | { readonly kind: 'dashboard'; readonly uid: string }
  | { readonly kind: 'data source'; readonly uid: string }
  | { readonly kind: 'service account'; readonly id: number }
  | { readonly kind: 'token'; readonly accountId: number; readonly id: number }
  | { readonly kind: 'app settings'; readonly before: AppState };

/** Of the app as it was before. Secrets cannot be read, so an app that had one is never touched. */
export interface AppState {
  readonly enabled: boolean;
  readonly pinned: boolean;
  readonly jsonData: Readonly<Record<string, unknown>>;
}

/** One thing that an installation sees to. */
export interface Part {
  /** As it stands in the plan: `folder "Sentinel"`. */
  readonly name: string;
  /** Undefined when it is there; otherwise what would be done, in a few words. */
  readonly missing: string | undefined;
  /** What has to be given first, if anything. */
  readonly needs?: string | undefined;
  /** Each thing is told as soon as it is there, so that it is on record when the next one fails. */
  readonly make: (made: (thing: Made) => void) => Promise<void>;
}

export function there(name: string): Part {
  return { name, missing: undefined, make: () => Promise.resolve() };
}
