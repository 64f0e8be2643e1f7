import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardActivity, cardJson } from '../../../bot/teams/card-activity.ts';
import { invokeResponse, notImplemented } from '../../../bot/teams/invoke-response.ts';
import { noticeCard } from '../../../cards/notice-card.ts';
import { own } from '../../../cards/own-text.ts';
import { cardOf } from '../../cards/in-english.ts';
import { problemsOfCard } from '../../kit/card-problems.ts';

const rendered = { summary: 'Healthy: wsus03.', json: { type: 'AdaptiveCard', version: '1.5', body: [] } };
const card = cardOf(rendered);

test('a card goes out as a message with one attachment, its summary for toast and screen reader, and no text', () => {
  assert.deepEqual(cardActivity(rendered), {
    type: 'message',
    summary: 'Healthy: wsus03.',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: rendered.json }],
  });
});

test('a press is answered with the card that takes its place, or with a line of text', () => {
  assert.deepEqual(invokeResponse({ card }, 'en'), {
    type: 'invokeResponse',
    value: {
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: rendered.json },
    },
  });
  assert.deepEqual(invokeResponse({ text: own`You may not.` }, 'en'), {
    type: 'invokeResponse',
    value: {
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'You may not.' },
    },
  });
});

test('an invoke that nobody knows is answered with 501 and no body', () => {
  assert.deepEqual(notImplemented, { type: 'invokeResponse', value: { status: 501 } });
});

test('clients of the people who have a card of their own are asked to fetch it, by the ids that Teams knows them by', () => {
  const addresses = [
    JSON.stringify({ user: { id: '29:ada' }, conversation: { id: 'a' } }),
    JSON.stringify({ conversation: { id: 'b' } }),
  ];
  const ownViews = { token: 'T', addresses };
  const refresh = {
    action: { type: 'Action.Execute', verb: 'view', data: { token: 'T' } },
    userIds: ['29:ada'],
  };
  const json = { ...rendered.json, refresh };
  assert.deepEqual(cardActivity(rendered, ownViews).attachments?.[0]?.content, json);
  assert.deepEqual(invokeResponse({ card: { ...card, ownViews } }, 'en').value.body.value, json);
});

test('what is added to a card for these people is within the schema', () => {
  const ownViews = {
    token: 'T',
    addresses: [JSON.stringify({ user: { id: '29:ada' }, conversation: { id: 'a' } })],
  };
  const json = cardJson(noticeCard({ kind: 'button-unknown' }).in('en'), ownViews);
  assert.notEqual(json.refresh, undefined);
  assert.deepEqual(problemsOfCard(json), []);
});
