import type { z } from 'zod';
import type { ConfigDocument } from './config-document.ts';
import type { ConfigProblem } from './config-error.ts';
import { nearestName } from './nearest-name.ts';

/** An address with somebody before its host: a password may stand there. */
const userInAddress = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i;

type Issue = z.core.$ZodIssue;
type JsonSchema = z.core.JSONSchema.BaseSchema;

const secretKey = /pass(word|phrase|wd)?|secret|pwd|credential|token/i;

/** Turns what zod found into problems with line, column, what is there, what is expected and the nearest known key. */
export function problemsOf(
  issues: readonly Issue[],
  document: ConfigDocument,
  schema: JsonSchema,
): ConfigProblem[] {
  const seen = new Set<string>();
  return flatten(issues).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        ...document.atKey(issue.path, key),
        text: unknownKey(key, issue.path, schema),
      }));
    }
    const problem = { ...document.at(issue.path), text: wrongValue(issue, document.data) };
    if (seen.has(problem.text)) return [];
    seen.add(problem.text);
    return [problem];
  });
}

/** Of a union, the branch that got furthest is the one that was meant. */
function flatten(issues: readonly Issue[], prefix: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    if (issue.code !== 'invalid_union') return [{ ...issue, path }];
    const inner = issue.errors.find(
      (branch) => branch.length > 0 && branch.every((one) => one.path.length > 0),
    );
    return inner === undefined ? [{ ...issue, path }] : flatten(inner, path);
  });
}

function unknownKey(key: string, path: readonly PropertyKey[], schema: JsonSchema): string {
  const known = keysAt(schema, path);
  const place = path.length === 0 ? '' : ` in ${pathText(path)}`;
  const shown = JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key);
  const exact = known.find((name) => name.toLowerCase() === key.toLowerCase());
  if (exact === undefined && secretKey.test(key)) {
    const where = known.includes('passwordFile')
      ? 'set passwordFile or passwordEnv here, or WSUS_BOT_PASSWORD or WSUS_BOT_PASSWORD_FILE in the environment'
      : 'set WSUS_BOT_APP_PASSWORD (bot) or WSUS_BOT_PASSWORD (servers) in the environment, or the same name with _FILE';
    if (!/file|env/i.test(key)) {
      return `${shown}${place}: no secret is taken from this file, since files are copied and shared; ${where}`;
    }
  }
  const nearest = exact ?? nearestName(key, known);
  const hint = nearest === undefined ? `known here: ${known.join(', ')}` : `nearest known key: ${nearest}`;
  return `unknown key ${shown}${place}; ${hint}`;
}

function wrongValue(issue: Issue, data: unknown): string {
  const name = issue.path.length === 0 ? 'the file' : pathText(issue.path);
  const value = valueAt(data, issue.path);
  if (value === undefined) return `${name} is missing; expected: ${issue.message}`;
  const quotes = issue.code === 'invalid_type' && issue.expected === 'string' && isBare(value);
  const hint = quotes ? ' (put it in quotes)' : '';
  return `${name} is ${shownValue(value, issue.path)}; expected: ${issue.message}${hint}`;
}

function shownValue(value: unknown, path: readonly PropertyKey[]): string {
  if (value === null) return 'empty';
  if (isBare(value)) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (path.some((step) => secretKey.test(String(step)))) return 'a value not shown';
  const text = String(value);
  if (userInAddress.test(text)) return 'a value not shown';
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

function isBare(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

/** ["servers", 0, "port"] → "servers[0].port" */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
  }, data);
}

function keysAt(schema: JsonSchema, path: readonly PropertyKey[]): string[] {
  let nodes: JsonSchema[] = [schema];
  for (const step of path) {
    nodes = nodes.flatMap(branches).flatMap((node) => {
      const next = typeof step === 'number' ? node.items : node.properties?.[String(step)];
      return typeof next === 'object' && !Array.isArray(next) ? [next] : [];
    });
  }
  return nodes.flatMap(branches).flatMap((node) => Object.keys(node.properties ?? {}));
}

function branches(node: JsonSchema): JsonSchema[] {
  return [node, ...(node.anyOf ?? []).flatMap((one) => (typeof one === 'object' ? branches(one) : []))];
}
