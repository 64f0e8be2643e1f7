import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  bareSecondsText,
  dayText,
  recordTimeText,
  secondsText,
  timeText,
  zoneText,
} from '../../cards/time-text.ts';
import { inEnglish } from './in-english.ts';

const now = new Date('2026-11-25T02:21:17Z');
const utc = { now, zone: 'UTC' };

it('names the zone of a time of today', () => {
  assert.equal(inEnglish(timeText(new Date('2026-11-25T02:14:59Z'), utc)), '02:14\u00a0UTC');
});

it('adds the day when it is another one', () => {
  assert.equal(inEnglish(timeText(new Date('2026-11-24T21:40:00Z'), utc)), '24\u00a0Nov 21:40\u00a0UTC');
});

it('adds the year when it is another one', () => {
  assert.equal(
    inEnglish(timeText(new Date('2025-12-31T23:59:00Z'), utc)),
    '31\u00a0Dec 2025, 23:59\u00a0UTC',
  );
});

it('shows seconds in steps and proofs', () => {
  assert.equal(inEnglish(secondsText(now, utc)), '02:21:17\u00a0UTC');
  assert.equal(inEnglish(bareSecondsText(now, utc)), '02:21:17');
});

it('gives a record its whole date', () => {
  assert.equal(inEnglish(recordTimeText(now, utc)), '25\u00a0Nov 2026, 02:21\u00a0UTC');
  assert.equal(inEnglish(dayText(now, utc)), '25\u00a0Nov 2026, UTC');
});

it('shows a person’s own zone, and what day it is there', () => {
  const berlin = { now, zone: 'Europe/Berlin' };
  assert.equal(inEnglish(timeText(new Date('2026-11-24T23:30:00Z'), berlin)), '00:30\u00a0CET');
  assert.equal(inEnglish(timeText(new Date('2026-07-24T23:30:00Z'), berlin)), '25\u00a0Jul 01:30\u00a0CEST');
});

it('writes September in three letters', () => {
  assert.equal(inEnglish(timeText(new Date('2026-09-01T00:00:00Z'), utc)), '1\u00a0Sep 00:00\u00a0UTC');
});

it('takes a zone that nobody knows for UTC', () => {
  assert.equal(inEnglish(zoneText(now, { now, zone: 'Moon/Crater' })), 'UTC');
});
