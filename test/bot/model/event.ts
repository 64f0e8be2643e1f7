import type { Fate } from './model-server.ts';
import type { PolicyName } from './people.ts';
import type { ServerName } from './site.ts';

/** What a person does. */
export type Act =
  | { readonly kind: 'say'; readonly who: number; readonly inGroup: boolean; readonly text: string }
  /** Presses a button whose title begins so, or any; `back` counts from the newest card that this person saw. */
  | {
      readonly kind: 'press';
      readonly who: number;
      readonly title: string | undefined;
      readonly back: number;
      readonly button: number;
      readonly reason: string;
    }
  | { readonly kind: 'press-again'; readonly who: number | undefined };

/** Everything that can happen, in any order. */
export type Event =
  | { readonly kind: 'act'; readonly act: Act; readonly bot: number }
  | { readonly kind: 'at-once'; readonly acts: readonly Act[]; readonly sweeps: boolean }
  | { readonly kind: 'sweep'; readonly bot: number }
  | { readonly kind: 'time'; readonly milliseconds: number }
  | { readonly kind: 'clock'; readonly bot: number; readonly minutes: number }
  | { readonly kind: 'policy'; readonly policy: PolicyName }
  | { readonly kind: 'group'; readonly who: number }
  | { readonly kind: 'directory' }
  | { readonly kind: 'freeze-file' }
  | {
      readonly kind: 'outside';
      readonly server: ServerName;
      readonly what: 'foreign-file' | 'old-file' | 'restart' | 'module';
    }
  | { readonly kind: 'network'; readonly server: ServerName }
  | { readonly kind: 'fates'; readonly server: ServerName; readonly fates: readonly Fate[] }
  | { readonly kind: 'dies-after'; readonly bot: number; readonly operations: number }
  | { readonly kind: 'loses-store-after'; readonly bot: number; readonly queries: number }
  | { readonly kind: 'kill'; readonly bot: number }
  | { readonly kind: 'let-go' }
  /** One after the other, as chance alone would seldom have it. */
  | { readonly kind: 'in-a-row'; readonly events: readonly Event[] };
