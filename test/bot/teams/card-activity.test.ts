import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardActivity, cardJson } from '../../../bot/teams/card-activity.ts';
import { invokeResponse, notImplemented } from '../../../bot/teams/invoke-response.ts';
import { noticeCard } from '../../../cards/notice-card.ts';
import { shortenCard } from '../../../cards/shorten-card.ts';
import { problemsOfCard } from '../../kit/card-problems.ts';

const card = { summary: 'Healthy: wsus03.', json: { type: 'AdaptiveCard', version: '1.5', body: [] } };

test('a card goes out as a message with one attachment, its summary for toast and screen reader, and no text', () => {
  assert.deepEqual(cardActivity(card), {
    type: 'message',
    summary: 'Healthy: wsus03.',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card.json }],
  });
});

test('a press is answered with the card that takes its place, or with a line of text', () => {
  assert.deepEqual(invokeResponse({ card }), {
    type: 'invokeResponse',
    value: {
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card.json },
    },
  });
  assert.deepEqual(invokeResponse({ text: 'You may not.' }), {
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
  const shared = { ...card, ownViews: { token: 'T', addresses } };
  const refresh = {
    action: { type: 'Action.Execute', verb: 'view', data: { token: 'T' } },
    userIds: ['29:ada'],
  };
  const json = { ...card.json, refresh };
  assert.deepEqual(cardActivity(shared).attachments?.[0]?.content, json);
  assert.deepEqual(invokeResponse({ card: shared }).value.body.value, json);
});

test('what is added to a card for these people is within the schema, also on one that had to be shortened', () => {
  const ownViews = {
    token: 'T',
    addresses: [JSON.stringify({ user: { id: '29:ada' }, conversation: { id: 'a' } })],
  };
  const shared = { ...noticeCard({ kind: 'button-unknown' }), ownViews };
  const shorter = shortenCard(shared, () => true);
  assert.ok(shorter !== undefined);
  for (const one of [shared, shorter]) {
    const json = cardJson(one);
    assert.deepEqual(problemsOfCard(json), []);
    assert.deepEqual((json.refresh as { userIds?: unknown }).userIds, ['29:ada']);
  }
});
