import { type LimitKey, limitKeys } from './contract.ts';
import { type Refusal, refusal } from './web-config-refusal.ts';
import { type Scan, scanXml } from './web-config-scanner.ts';
import { findSetting, type Setting } from './web-config-setting.ts';
import { type ConfigText, type DigitsEdit, decodeConfig, lineAt, replaceDigits } from './web-config-text.ts';
import { differsOnlyIn, parseTree, type TreeNode, valuesOf } from './web-config-tree.ts';

interface PlannedChange {
  readonly key: LimitKey;
  readonly from: number;
  readonly to: number;
  /** 1 for the first line. */
  readonly line: number;
  /** The line before and after, without its end. Outside text. */
  readonly lineText: string;
  readonly afterLineText: string;
}

export type EditPlan =
  | { readonly ok: true; readonly after: Uint8Array; readonly changes: readonly PlannedChange[] }
  | { readonly ok: false; readonly reason: Refusal };

export type LimitRead =
  | { readonly ok: true; readonly value: number; readonly line: number; readonly lineText: string }
  | { readonly ok: false; readonly reason: Refusal };

interface Opened {
  readonly config: ConfigText;
  readonly document: Extract<Scan, { ok: true }>;
  readonly tree: TreeNode[];
}

type Found =
  | { readonly ok: true; readonly setting: Setting }
  | { readonly ok: false; readonly reason: Refusal };

const largestTarget = 1_000_000;

function open(bytes: Uint8Array): { ok: true; opened: Opened } | { ok: false; reason: Refusal } {
  const decoded = decodeConfig(bytes);
  if (!decoded.ok) return { ok: false, reason: refusal(decoded.code) };
  const { config } = decoded;
  const document = scanXml(config.text);
  if (!document.ok) {
    return { ok: false, reason: refusal(document.code, { line: lineAt(config.text, document.index).line }) };
  }
  const tree = parseTree(config.text);
  if (tree === undefined) return { ok: false, reason: refusal('malformed') };
  return { ok: true, opened: { config, document, tree } };
}

/** Both readers must find the same single entry. */
function find({ config, document, tree }: Opened, key: LimitKey): Found {
  const found = findSetting(config.text, document, key);
  if (!found.ok) return found;
  const values = valuesOf(tree, key);
  if (values.length === 1 && values[0] === found.setting.digits) return found;
  return { ok: false, reason: refusal('readers-disagree', { key }) };
}

function readLimit(opened: Opened, key: LimitKey): LimitRead {
  const found = find(opened, key);
  if (!found.ok) return found;
  return { ok: true, value: found.setting.value, ...lineAt(opened.config.text, found.setting.index) };
}

/** Reads the limits of ClientWebService out of the bytes of its web.config, each by itself. */
export function readLimits(bytes: Uint8Array): Record<LimitKey, LimitRead> {
  const file = open(bytes);
  const read = (key: LimitKey): LimitRead => (file.ok ? readLimit(file.opened, key) : file);
  return {
    maxInstalledPrerequisites: read('maxInstalledPrerequisites'),
    maxCachedUpdates: read('maxCachedUpdates'),
  };
}

interface Step extends DigitsEdit {
  readonly key: LimitKey;
  readonly from: number;
  readonly to: number;
}

function planStep(
  opened: Opened,
  key: LimitKey,
  to: number,
): { ok: true; step: Step } | { ok: false; reason: Refusal } {
  if (!Number.isInteger(to) || to < 1 || to > largestTarget) {
    return { ok: false, reason: refusal('target-out-of-range', { key }) };
  }
  const found = find(opened, key);
  if (!found.ok) return found;
  const { digits, value: from, index } = found.setting;
  if (from >= to) {
    return {
      ok: false,
      reason: refusal('already-high', { key, line: lineAt(opened.config.text, index).line }),
    };
  }
  return { ok: true, step: { key, from, to, index, digits, replacement: String(to) } };
}

function shifted(steps: readonly Step[], index: number): number {
  return steps.reduce(
    (sum, step) => (step.index < index ? sum + step.replacement.length - step.digits.length : sum),
    index,
  );
}

/**
 * Plans the file with raised limits. Only the digits inside the attribute values change. What comes out is read again by both
 * readers and must differ from what came in by those values alone.
 *
 * @param bytes The whole web.config.
 * @param edits New values, 1 to 1,000,000. One value that cannot be raised refuses the whole plan.
 */
export function planEdit(bytes: Uint8Array, edits: Partial<Record<LimitKey, number>>): EditPlan {
  const file = open(bytes);
  if (!file.ok) return file;
  const { opened } = file;
  const { config } = opened;
  const steps: Step[] = [];
  for (const key of limitKeys) {
    const to = edits[key];
    if (to === undefined) continue;
    const planned = planStep(opened, key, to);
    if (!planned.ok) return planned;
    steps.push(planned.step);
  }
  if (steps.length === 0) return { ok: false, reason: refusal('no-edits') };

  const after = replaceDigits(bytes, config, steps);
  const again = open(after);
  const asPlanned =
    again.ok &&
    steps.every(({ key, to }) => {
      const found = find(again.opened, key);
      return found.ok && found.setting.value === to;
    }) &&
    differsOnlyIn(
      config.text,
      again.opened.config.text,
      steps.map(({ key, replacement }) => ({ key, value: replacement })),
    );
  if (!asPlanned) return { ok: false, reason: refusal('readers-disagree') };
  const afterText = again.opened.config.text;
  const changes = steps.map(({ key, from, to, index }) => ({
    key,
    from,
    to,
    ...lineAt(config.text, index),
    afterLineText: lineAt(afterText, shifted(steps, index)).lineText,
  }));
  return { ok: true, after, changes };
}
