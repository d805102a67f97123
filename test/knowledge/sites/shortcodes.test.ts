/** Shortcodes of Hugo that only their own site knows: what they are given is shown. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "a list of tabs that code shows",
    'Write `{{< tabs items="a,b" >}}` and ``{{% tab %}}``, then:\n\n{{< tabs items="Linux" >}}\n{{% tab %}}\nc\n{{% /tab %}}\n{{< /tabs >}}',
    'Write `{{< tabs items="a,b" >}}` and ``{{% tab %}}``, then:\n\n\n## Linux\nc\n\n',
  ],
  [
    "tabs that are named where all of them begin, also by number, as a list and within each other",
    '{{< tabs Bare-metal "On a cloud" >}}\n\n{{% codetab %}}\na\n{{< tabs items="deb, rpm" >}}\n{{< tab >}}b{{< /tab >}}\n{{< tab >}}\nc\n{{< /tab >}}\n{{< /tabs >}}\n{{% /codetab %}}\n{{% codetab %}}\nd\n{{% /codetab %}}\n{{< /tabs >}}\n{{< tabs tabID="1" tabName1="Left" tabName2="Right" >}}\n{{< tab tabNum="1" >}}\ne\n{{< /tab >}}\n{{< /tabs >}}\n```\n{{< tabs A B >}}\n{{% codetab %}}\n```',
    "\n\n## Bare-metal\na\n\n**deb:** b\n### rpm\nc\n\n\n\n## On a cloud\nd\n\n\n\n## Left\ne\n\n<!--:goes on below 1-->\n```\n{{< tabs A B >}}\n{{% codetab %}}\n```",
  ],
  [
    "tabs with names of their own, of which a file fills one",
    '{{< tabs "its-id" >}}\n{{% tab "Linux" %}}\na\n{{% /tab %}}\n{{< tab name="Mac" include="mac.md" />}}\n{{< /tabs >}}',
    "\n## Linux\na\n\n**Mac:** Included file: mac.md\n",
  ],
  [
    "files that a shortcode shows",
    '{{% code_sample file="disks/claim.yaml" %}}\n{{< readfile file="/a.md" >}}\n{{< docs/shared source="db" lookup="pages/b.md" version="next" >}}\n{{< snippet "c.md" >}}\n{{< code "d.yaml" >}}\n{{< picture path="e.png" >}}\n{{% manifest-of "1.2" %}}\nx\n{{< manifest path="f.yaml" label="claim" >}}\n{{< film-of src="g.mp4" title="A tour" >}}',
    "Included file: disks/claim.yaml\nIncluded file: /a.md\nIncluded file: pages/b.md\nIncluded file: c.md\nIncluded file: d.yaml\n![](e.png)\n\nx\nclaim: Included file: f.yaml\n[A tour](g.mp4)",
  ],
  [
    "a setting that only a shortcode names, on its line and before words",
    '{{% config_option\nname="db.cache.enabled"\ndefault=false\n%}} Keeps rows.\n\n- {{% config_option name="db.limit" %}} Set to `5`.',
    "`db.cache.enabled` (default false) Keeps rows.\n\n\n\n\n- `db.limit` Set to `5`.",
  ],
  [
    "words that a shortcode is given without a name",
    '{{< output-of "You get back:" >}}\n\na\n\n{{< /output-of >}}\n- {{% state_of "Store" "db/store" %}}\n\nA {{< hint-on "what is kept" >}}row{{< /hint-on >}} was lost in {{< issue 123 >}}, {{< icon "disk" >}} found.',
    "You get back:\n\na\n\n\n- Store\n\nA row (what is kept) was lost in `123`,  found.",
  ],
  [
    "where shortcodes lead",
    '{{< button text="Set it up" page="set-up" >}}\n{{< button "https://e.example/a" "Try it" >}}\nPress {{< button href="https://e.example/b" >}}Go{{< /button >}} or {{% link relref="/c" %}}there{{% /link %}}.\n{{< card title="Disks" link="/d" >}}All of them.{{< /card >}}\n{{< api-reference page="kinds/disk-v1" anchor="Spec" >}}',
    "[Set it up](set-up)\n[Try it](https://e.example/a)\nPress [Go](https://e.example/b) or [there](/c).\n**[Disks](/d):** All of them.\n[Spec](kinds/disk-v1#Spec)",
  ],
  [
    "terms and states of Kubernetes' manual",
    'A {{< glossary_tooltip term_id="disk-claim" >}} of {{< glossary_tooltip text="nodes" term_id="node" >}}\n\n{{< feature-state for_release="v1.2" state="beta" >}}\n## {{% heading "whatsnext" %}}',
    "A disk claim of nodes\n\nFeature state: `v1.2` `beta`\n## whatsnext",
  ],
  [
    "films by their number, in any tag",
    '{{< youtube aBcDeFgHiJk >}}\n{{< youtube id="aBcDeFgHiJk" title="A tour" >}}\n{% include video/youtube-player.html id="1234567" %}\n{% vimeo 1234567 %}\n<YouTube id="aBcDeFgHiJk" />\n{% youtube "https://e.example/w?v=1" %}\n{{< youtube "" >}}\n{{< tweet user="ann" id="123456789" >}}\n{{< imgproc disk Resize 400x >}}',
    "<https://www.youtube.com/watch?v=aBcDeFgHiJk>\n[A tour](https://www.youtube.com/watch?v=aBcDeFgHiJk)\n<https://www.youtube.com/watch?v=1234567>\n<https://vimeo.com/1234567>\n<https://www.youtube.com/watch?v=aBcDeFgHiJk>\n<https://e.example/w?v=1>\n\n<https://twitter.com/ann/status/123456789>\n![](disk)",
  ],
  [
    "names of files in a tree of shortcodes",
    '{{< filetree/folder name="disks" >}}\n{{< filetree/file name="_index.md" >}}\n{{< /filetree/folder >}}',
    "`disks`\n`_index.md`\n",
  ],
  [
    "what other tags are given in quotes, and no tag of a program",
    'Ask in {% chat_room "db-help" %} or {% chat_room "x" "the room of all" %}.\n- {% chat_room "alone" %}\n{% page-ref page="a.md" %}\n{% image "b.png" "all the disks" %}\n{% for a in "b c" %}\n{% set d = "e f" %}\n{% tab os Linux %}\ng\n{% endtab %}',
    "Ask in `db-help` or `x` the room of all.\n- `alone`\n[a.md](a.md)\n![all the disks](b.png)\n\n\n## Linux\ng\n",
  ],
  [
    "a tab without quotes around its name, a name that leads somewhere and a state of MDX",
    '{{% tab TypeScript %}}\na\n{{% /tab %}}\n{{< signal name="Traces" image="/a.svg" url="/traces/" >}}\n<FeatureState state="beta" version="v2.4" />',
    "## TypeScript\na\n\n[Traces](/traces/)\nFeature state: `beta` `v2.4`",
  ],
  [
    "pictures, pages and films under names of their own",
    '{{< image filename="a.png" alt="The menu" >}}\n{{% content "set-up" %}}\n{{< inline-page contentPath="/b.md" >}}\n<VideoPlayer src="c.mp4" />\n{{< youtube-80 id="aBcDeFgHiJk" title="A tour" >}}\n<Endpoint method={"get"} path={"/d/{id}"} />',
    "![The menu](a.png)\nIncluded file: set-up\nIncluded file: /b.md\n[c.mp4](c.mp4)\n[A tour](https://www.youtube.com/watch?v=aBcDeFgHiJk)\n`GET /d/{id}`",
  ],
  [
    "boxes that are folded, of which the title says all",
    '{{< expand "See it whole" >}}\na\n{{< /expand >}}\n{{< collapsible "Release 8.6.x" >}}\nb\n{{< /collapsible >}}\n{{% collapse title="More" %}}\nc\n{{% /collapse %}}\n:::spoiler Answer\nd\n:::',
    "**See it whole**  \na\n\n**Release 8.6.x**  \nb\n\n**More**  \nc\n\n**Answer**  \nd\n",
  ],
  [
    "boxes of Liquid that begin among words, and what stands right before a name",
    '| a | {% callout "info" %}Since 2.{% endcallout %} |\n\n{% callout "warn" %}<b>Disks</b>\n\nSay.\n{% endcallout %}\n- {% face "ann" %}Ann Lee',
    "| a | **Info:** Since 2. |\n\n**Warn:** <b>Disks</b>\n\nSay.\n\n- `ann` Ann Lee",
  ],
]);
