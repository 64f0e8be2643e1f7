import { createRequire } from 'node:module';

/** The part of adaptivecards-templating that is used. Its own declarations pull in another package's sources, which do not compile here. */
interface Templating {
  readonly Template: new (template: object) => { expand(context: { readonly $root: object }): unknown };
  readonly GlobalSettings: { getUndefinedFieldValueSubstitutionString?: (path: string) => string };
}

const require = createRequire(import.meta.url);
export const { Template, GlobalSettings }: Templating = require('adaptivecards-templating');
