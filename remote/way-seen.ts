import type { Report } from './contract.ts';
import { shippedModule } from './module-text.ts';
import { type Way, wayOf } from './way.ts';

/** How a report was come by, and whether the module that made it is the one that this bot ships. */
export interface WaySeen {
  readonly way: Way;
  readonly endpoint: string;
  readonly module: 'shipped' | 'differs' | 'not-read';
}

/** @param endpoint name of the session configuration that the report was read through */
export function waySeen(endpoint: string, { module }: Report): WaySeen {
  const seen = module.ok ? (module.sha256 === shippedModule().sha256 ? 'shipped' : 'differs') : 'not-read';
  return { way: wayOf(endpoint), endpoint, module: seen };
}
