import assert from 'node:assert/strict';
import { it } from 'node:test';
import { policyText as textOf } from '../../cards/policy-text.ts';
import type { PolicyView } from '../../cards/policy-view.ts';
import { inEnglish } from './in-english.ts';

const policyText = (policy: PolicyView) => inEnglish(textOf(policy));
const sunday = { days: ['sunday'], from: '02:00', to: '04:00', zone: 'Europe/Berlin' } as const;

it('says in one line how many approve, whether by others, and when', () => {
  assert.equal(
    policyText({ approvals: 2, fourEyes: true, windows: [sunday] }),
    '2 approvals, four eyes; Sunday 02:00 to 04:00 Europe/Berlin',
  );
  assert.equal(policyText({ approvals: 1, fourEyes: false, windows: [] }), '1 approval, at any time');
});

it('names two windows and counts the others', () => {
  const text = policyText({ approvals: 1, fourEyes: true, windows: [sunday, sunday, sunday, sunday] });
  assert.match(text, /Europe\/Berlin, 2 more$/);
});
