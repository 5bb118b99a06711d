/** One instruction of a Dockerfile; `value` is everything behind its name, on one line. */
export interface Instruction {
  readonly name: string;
  readonly value: string;
}

/** A stage of a Dockerfile: what comes before the first FROM is left out. */
export interface Stage {
  readonly from: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

/** The instructions in order, comments left out: https://docs.docker.com/reference/dockerfile/ */
export function instructionsOf(text: string): Instruction[] {
  return text
    .replace(/^\s*#.*\n/gmu, '')
    .replace(/\\\n\s*/gu, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', value = ''] = /^([A-Z]+)\s+(.*)$/u.exec(line) ?? [];
      return { name, value };
    });
}

/** The stages in order, with the names of images filled in from the arguments' defaults. */
export function stagesOf(instructions: readonly Instruction[]): Stage[] {
  const defaults = new Map<string, string>();
  const stages: { from: string; name: string | null; instructions: Instruction[] }[] = [];
  for (const instruction of instructions) {
    const { name, value } = instruction;
    if (name === 'FROM') {
      const [image = '', , stage = null] = value.split(/\s+/u);
      const from = image.replace(/\$\{(\w+)\}/gu, (_all, key: string) => defaults.get(key) ?? '');
      stages.push({ from, name: stage, instructions: [] });
    } else if (stages.length > 0) stages.at(-1)?.instructions.push(instruction);
    else if (name === 'ARG') {
      const [key = '', preset = ''] = value.split('=');
      defaults.set(key, preset);
    }
  }
  return stages;
}

/** The words of an instruction in the form of a list, which no shell reads. Throws where it is in another form. */
export function wordsOf(value: string): string[] {
  const words: unknown = JSON.parse(value.replace(/^(?:--\S+\s+)*(?:CMD\s+)?/u, ''));
  if (!Array.isArray(words)) throw new Error(`${value} is no list`);
  return words.map(String);
}
