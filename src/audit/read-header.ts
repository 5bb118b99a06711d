import { headerSchema, type WrittenHeader } from './header-schema.ts';
import { readYaml, type ReadYaml } from './read-yaml.ts';

/** The header's first line is the second of the file. */
const LINES_ABOVE = 1;

/** Reads the YAML of a rule's header and checks its shape. Never throws. */
export function readHeader(file: string, yaml: string): ReadYaml<WrittenHeader> {
  return readYaml(yaml, headerSchema, { file, linesAbove: LINES_ABOVE, what: 'the header' });
}
