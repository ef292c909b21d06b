/** Types of the elements for JSX of React 19: `import type {} from "matinee-recommender/react"`. */

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { MatineeAttributes, MatineeElement, MatineeEventMap } from "./elements.js";

/** What React hands to the elements: attributes, and listeners by the names of the events. */
export type MatineeProps = Omit<
  DetailedHTMLProps<HTMLAttributes<MatineeElement>, MatineeElement>,
  keyof MatineeAttributes
> &
  MatineeAttributes & {
    [Name in keyof MatineeEventMap as `on${Name}`]?: (event: MatineeEventMap[Name]) => void;
  };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "matinee-recommendations": MatineeProps;
      "matinee-similar": MatineeProps;
      "matinee-rate": MatineeProps;
      "matinee-onboarding": MatineeProps;
    }
  }
}
