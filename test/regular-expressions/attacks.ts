import type { Node } from './expression-tree.ts';

/** A text of any length that makes an expression try much and find nothing. */
export interface Attack {
  readonly head: string;
  readonly pump: string;
  readonly tail: string;
}

/** One text that a part of an expression takes. `choice` decides among letters and branches. */
function example(node: Node, choice = 0): string {
  switch (node.kind) {
    case 'nothing':
      return '';
    case 'letters':
      return node.samples[choice % node.samples.length] ?? '';
    case 'sequence':
      return node.parts.map((part) => example(part, choice)).join('');
    case 'choice':
      return example(node.branches[choice % node.branches.length] ?? { kind: 'nothing' }, choice);
    case 'repeat':
      return example(node.of, choice).repeat(Math.max(1, Math.min(node.least, 8)));
  }
}

interface Place {
  /** What an expression takes before this part. */
  readonly head: string;
  readonly node: Node;
}

/** Every part of an expression with what comes before it. */
function places(node: Node, head = ''): Place[] {
  const here: Place = { head, node };
  switch (node.kind) {
    case 'nothing':
    case 'letters':
      return [here];
    case 'repeat':
      return [here, ...places(node.of, head)];
    case 'choice':
      return [here, ...node.branches.flatMap((branch) => places(branch, head))];
    case 'sequence': {
      let before = head;
      return [
        here,
        ...node.parts.flatMap((part) => {
          const found = places(part, before);
          before += example(part);
          return found;
        }),
      ];
    }
  }
}

const lettersOf = (node: Node): readonly string[] => {
  switch (node.kind) {
    case 'letters':
      return node.samples.length > 12
        ? [...node.samples.slice(0, 6), ...node.samples.slice(-6)]
        : node.samples;
    case 'repeat':
      return [...lettersOf(node.of), example(node.of), example(node.of, 1)];
    default:
      return [example(node), example(node, 1)];
  }
};

/** Endings that an expression does not expect. */
const tails = ['', '\n', '\u0001', '!'];

/**
 * Derives texts that are bad for an expression from the expression itself: each repeated part pumped behind what leads to it, the beginnings
 * of a match over and over, and single letters. A new expression has its attacks at once.
 */
export function attacksOn(tree: Node): Attack[] {
  const pumps = new Map<string, { head: string; pump: string }>();
  const add = (head: string, pump: string) => {
    if (pump !== '') pumps.set(`${head}\0${pump}`, { head, pump });
  };
  for (const { head, node } of places(tree)) {
    // The beginning of a match again and again: every place of the text is a start.
    add('', head + example(node));
    if (node.kind !== 'repeat') continue;
    for (const letter of lettersOf(node.of)) {
      add(head, letter);
      add('', letter);
      add('', head + letter);
    }
  }
  return [...pumps.values()].flatMap(({ head, pump }) => tails.map((tail) => ({ head, pump, tail })));
}

export const attackText = ({ head, pump, tail }: Attack, length: number): string =>
  // Joined, not added: V8 would make a tree of the pieces and flatten it at every search.
  [head, pump.repeat(Math.ceil(length / pump.length)), tail].join('');
