/** Pictures, as components and shortcodes of sites show them. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "a component that shows a picture, whatever it is called",
    'See <ZoomImage src="/a/lag.png" />\n\n<Screenshot src="https://x.example/b.webp?w=3" alt="The lag" />\n\n{{< photo src="c.jpg" >}}',
    "See ![](/a/lag.png)\n\n![The lag](https://x.example/b.webp?w=3)\n\n![](c.jpg)",
  ],
  [
    "a component that says more than its picture, and one whose picture says nothing",
    '<Feature src="d.svg" title="Fast" description="It is fast." />\n\n<UserIcon src="e.svg" /><Lag src={f} />',
    "Fast: It is fast.\n\n",
  ],
]);
