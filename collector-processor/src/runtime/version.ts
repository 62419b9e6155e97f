import manifest from '../../package.json' with { type: 'json' };

/** Version of the pack; the same in every package and in the plugin. */
export const version = manifest.version;
