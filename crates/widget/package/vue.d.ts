/** Types of the elements for templates of Vue 3: `import type {} from "matinee-recommender/vue"`. */

import type { DefineComponent, HTMLAttributes } from "vue";
import type { MatineeAttributes, MatineeEventMap } from "./elements.js";

/** What Vue hands to the elements: attributes, and listeners by the names of the events. */
export type MatineeProps = Omit<HTMLAttributes, keyof MatineeAttributes | `on${Capitalize<keyof MatineeEventMap>}`> &
  MatineeAttributes & {
    [Name in keyof MatineeEventMap as `on${Capitalize<Name>}`]?: (event: MatineeEventMap[Name]) => void;
  };

declare module "vue" {
  interface GlobalComponents {
    "matinee-recommendations": DefineComponent<MatineeProps>;
    "matinee-similar": DefineComponent<MatineeProps>;
    "matinee-rate": DefineComponent<MatineeProps>;
    "matinee-onboarding": DefineComponent<MatineeProps>;
  }
}
