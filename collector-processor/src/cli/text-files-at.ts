import { messageOf, SentinelError } from '../runtime/errors.ts';
import { readYamlFiles, type TextFile } from '../runtime/yaml/read-yaml-files.ts';

/** The YAML files at a path that somebody has named. */
export function textFilesAt(path: string): readonly TextFile[] {
  try {
    return readYamlFiles(path);
  } catch (error) {
    const message = `${path} cannot be read: ${messageOf(error)}. Name a file or a folder with *.yaml and *.yml.`;
    throw new SentinelError('SENTINEL_FILE_UNREADABLE', message, { cause: error });
  }
}
