import { z } from 'zod';
import { configSchema } from '#config/schema.ts';
import type { Generated } from './plug-ins.ts';

/** The JSON schema of `nhi.yaml`, for editors. */
export function configJsonSchema(): Generated {
  const schema = z.toJSONSchema(configSchema, { io: 'input' });
  return {
    file: 'docs/nhi.schema.json',
    text: `${JSON.stringify({ title: 'nhi.yaml', ...schema }, null, 2)}\n`,
  };
}
