import assert from 'node:assert/strict';
import { it } from 'node:test';
import { counted, countText, tenthsText } from '../../../cards/count-text.ts';
import { durationText } from '../../../cards/duration-text.ts';
import { own, type Words } from '../../../cards/own-text.ts';
import { bareDayText, dayText, recordTimeText, timeText, weekdayTimeText } from '../../../cards/time-text.ts';

const german = (words: Words) => words.in('de').replaceAll('\u00a0', ' ');
const view = { now: new Date('2026-11-25T02:21:17Z'), zone: 'Europe/Berlin' };
const march = new Date('2027-03-05T21:40:00Z');

it('groups and divides numbers as the language does', () => {
  assert.deepEqual([9_999, 18_204, 1_234_567].map(countText).map(german), ['9999', '18.204', '1.234.567']);
  assert.equal(german(tenthsText(25)), '2,5');
  assert.equal(german(durationText(1_240)), '1,2 s');
});

it('knows one from many', () => {
  const hosts = (count: number) => counted(count, own`site`, own`sites`);
  assert.deepEqual([0, 1, 37].map(hosts).map(german), ['0 Websites', '1 Website', '37 Websites']);
});

it('writes days, months and zones in the language, clocks in the zone of the reader', () => {
  assert.equal(german(timeText(new Date('2026-11-25T02:14:00Z'), view)), '03:14 MEZ');
  assert.equal(german(timeText(new Date('2026-11-24T21:40:00Z'), view)), '24. Nov. 22:40 MEZ');
  assert.equal(german(recordTimeText(march, view)), '5. März 2027, 22:40 MEZ');
  assert.equal(german(dayText(march, view)), '5. März 2027, MEZ');
  assert.equal(german(bareDayText(march, view)), '5. März');
  assert.equal(german(weekdayTimeText(new Date('2026-11-29T01:00:00Z'), view)), 'Sonntag, 29. Nov., 02:00');
});
