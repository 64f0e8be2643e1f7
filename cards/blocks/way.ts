import { ellipsis } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import { own } from '../own-text.ts';
import type { WayView } from '../way-view.ts';
import type { Element } from './element.ts';
import { run } from './text-line.ts';
import { paragraph, smallLine } from './words.ts';

/** The quiet line at the foot: which way was used, and how to get to the better one. */
export function wayFoot({ way, endpoint }: WayView): Element {
  return smallLine(
    way === 'endpoint'
      ? [own`Read through the endpoint `, outside(endpoint).map((name) => ellipsis(name, 30)), own`.`]
      : [
          own`Read as administrator, without the endpoint. The endpoint needs no administrator: docs/endpoint.md`,
        ],
  );
}

/** Says where an endpoint runs another module than the one that this bot ships. */
export function moduleWarning({ way, module }: WayView): readonly Element[] {
  if (way !== 'endpoint' || module !== 'differs') return [];
  return [
    paragraph([
      run(own`!\u00a0The endpoint there is not of my version. `, { bold: true }),
      own`Update it: run Install-WsusBotEndpoint.ps1 there again.`,
    ]),
  ];
}
