import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Words } from '../../cards/own-text.ts';
import type { View } from '../../cards/view.ts';
import {
  windowHeadingText,
  windowRuleText,
  windowSpanText,
  windowStartText,
} from '../../cards/window-text.ts';
import { inEnglish } from './in-english.ts';

const utc: View = { now: new Date('2026-11-25T02:21:17Z'), zone: 'UTC' };
const berlin = {
  from: new Date('2026-11-29T01:00:00Z'),
  to: new Date('2026-11-29T03:00:00Z'),
  zone: 'Europe/Berlin',
};
const plain = (text: Words) => inEnglish(text).replaceAll('\u00a0', ' ');

describe('the start of a window', () => {
  it('is told by the clocks of its zone and by those of the reader', () => {
    assert.equal(plain(windowStartText(berlin, utc)), 'Sunday 29 Nov, 02:00 Europe/Berlin (01:00 UTC)');
  });

  it('is told once to a reader whose clocks agree', () => {
    assert.equal(
      plain(windowStartText(berlin, { ...utc, zone: 'Europe/Paris' })),
      'Sunday 29 Nov, 02:00 Europe/Berlin',
    );
  });

  it('names the day of the reader where it is another one', () => {
    assert.equal(
      plain(windowStartText(berlin, { ...utc, zone: 'America/New_York' })),
      'Sunday 29 Nov, 02:00 Europe/Berlin (28 Nov 20:00 GMT-5)',
    );
  });

  it('names the year where it is another one', () => {
    const next = { ...berlin, from: new Date('2027-01-03T01:00:00Z') };
    assert.match(plain(windowStartText(next, utc)), /^Sunday 3 Jan 2027, 02:00 Europe\/Berlin/);
  });

  it('fits a heading', () => {
    assert.equal(plain(windowHeadingText(berlin, utc)), 'Sunday 29 Nov, 02:00 CET');
  });
});

it('tells a window from its start to its end', () => {
  assert.equal(plain(windowSpanText(berlin, utc)), 'Sunday 29 Nov, 02:00 to 04:00 Europe/Berlin');
});

it('names the day of the end where the window passes midnight', () => {
  const night = { ...berlin, from: new Date('2026-11-28T22:00:00Z') };
  assert.equal(
    plain(windowSpanText(night, utc)),
    'Saturday 28 Nov, 23:00 to Sunday 29 Nov, 04:00 Europe/Berlin',
  );
});

describe('the rule of a window', () => {
  const rule = { days: ['sunday'], from: '02:00', to: '04:00', zone: 'Europe/Berlin' } as const;

  it('names one day, a list, a row of days, or every day', () => {
    assert.equal(inEnglish(windowRuleText(rule)), 'Sunday 02:00 to 04:00 Europe/Berlin');
    assert.match(inEnglish(windowRuleText({ ...rule, days: ['sunday', 'monday'] })), /^Monday, Sunday 02:00/);
    assert.match(
      inEnglish(windowRuleText({ ...rule, days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] })),
      /^Monday through Friday 02:00/,
    );
    assert.match(
      inEnglish(
        windowRuleText({
          ...rule,
          days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
        }),
      ),
      /^every day 02:00/,
    );
  });

  it('has nothing in a zone that Markdown could read, and takes an unknown one for UTC', () => {
    assert.match(inEnglish(windowRuleText({ ...rule, zone: 'America/New_York' })), /America\/New York$/);
    assert.match(inEnglish(windowRuleText({ ...rule, zone: '[x](http://y)' })), / UTC$/);
  });
});
