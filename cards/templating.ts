import { createRequire } from 'node:module';

/** The part of adaptivecards-templating that is used. Its own declarations pull in another package's sources, which do not compile here. */
interface Templating {
  readonly Template: new (template: object) => { expand(context: { readonly $root: object }): unknown };
}

const require = createRequire(import.meta.url);
export const { Template }: Templating = require('adaptivecards-templating');
