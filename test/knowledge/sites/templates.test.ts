/** What a site fills in: shortcodes, tags, macros, includes and values. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "an included file that is given an address",
    '{% include link.md title="See all" url="/disks" %}\n{% include card.html url=item.url %}\n{% include card.html url="/a" %}\n{% include card.html url="https://a.example/b" %}',
    "[See all](/disks)\n\n[/a](/a)\n<https://a.example/b>",
  ],
  [
    "braces that a template must not read",
    `{{"{{id"}}}} and {{ '{{' }} name {{ '}}' }}, with \`{{"{{id"}}}}\`:\n\nhttps://a.example/b?c={{"{{id"}}}}`,
    '`{{id}}` and `{{ name }}`, with `{{"{{id"}}}}`:\n\n`https://a.example/b?c={{id}}`',
  ],
  [
    "what a layout of Hugo does, and what it shows",
    '{{ with partial "a.txt" . }}\n{{ range sort .Site.Pages "Weight" }}\n# {{ .Title | plainify }}\n{{ end }}\n{{ end }}\n{{ partial "b.txt" . }}',
    "\n\n# {{ .Title | plainify }}\n \n \n",
  ],
  [
    "a tag of Jinja at the left of code in a remark",
    '!!! note\n\n    A policy:\n\n    ```yaml\n    {% filter indent(4) %}\n{% include "a.yaml" %}\n    {% endfilter %}\n    ```\n\nAfter.',
    '**Note**  \n\nA policy:\n\n```yaml\n{% filter indent(4) %}\n{% include "a.yaml" %}\n{% endfilter %}\n```\n\nAfter.',
  ],
  [
    "two tags of Liquid, of which each goes on in the next line",
    "See [A]({% post_url\nb/a %}) and [C]({%\npost_url b/c %}), or [D]({%\n\nlink",
    "See [A](b/a) and [C](b/c), or [D]({%\n\n\n\nlink",
  ],
  [
    "helpers of Handlebars with texts in quotes, and none in code",
    '{{ tabs "os" }}\n\n{{ startTab "Linux"}}\n\na\n\n{{ blockEnd }}\n\n{{ blockEnd }}\n{{cards}}\n{{card "kind" "The plan" "What to do." "https://e.example/p" "a,b" true }}\n{{blockEnd}}\n\n{{ details "More" "Ask `db`. \\n\\n Then wait." }}\n\n```\n{{ details "More" "Ask them." }}\n{{ blockEnd }}\n```',
    '\n\n## Linux\n\na\n\n\n\n\n<!--:goes on below 1-->\n[The plan](https://e.example/p): What to do.  \n\n\n**More**: Ask `db`. Then wait.  \n\n```\n{{ details "More" "Ask them." }}\n{{ blockEnd }}\n```',
  ],
  [
    "values in a tab's name and in a file's",
    '=== "To {{release}}"\n\n    a\n\n--8<-- "notes-{{release}}.md:b"',
    "## To `release`\n\na\n<!--:goes on below 1-->\nIncluded file: `notes-{{release}}.md:b`",
  ],
  [
    "an address that is to be filled in",
    "Get <https://a.example/{{release}}/b>.",
    "Get `https://a.example/{{release}}/b`.",
  ],
  [
    "a value that is given braces, also as a link of a wiki",
    'Of {{ match A "\\d{4}" }} on, [[{{match A "\\w+"}}.tasks]]',
    'Of `{{ match A "\\d{4}" }}` on, `{{match A "\\w+"}}.tasks`',
  ],
  [
    "a value that the page gives a name, once or twice",
    '{% set a = "Disks" %}\n{% assign b = "1" %}\n{% assign b = "2" %}\n\n# {{ a }}\n\n{{ b }}, {{a}} and `{{ a }}`\n\n```\n{{ a }}\n```',
    "\n\n\n\n# Disks\n\n`b`, Disks and `{{ a }}`\n\n```\n{{ a }}\n```",
  ],
  [
    "a value whose braces a converter has escaped",
    'In \\{{element("a")\\}} of `<b>` \\{{is\\_old\\}}.',
    'In `{{element("a")}}` of `<b>` `{{is_old}}`.',
  ],
  [
    "a tag of Nunjucks that ends twice",
    '{% note warn "Mind" %} %}\n\na\n\n{% endnote %}',
    "**Warn: Mind**  \n\na\n\n",
  ],
  ["a shortcode that ends twice", '{{< tab title="A" >}} >}}\n\nb', "## A\n\nb"],
  ["a remark of Hugo with its signs in another order", "a {{/*% b */%}} c", "a  c"],
  [
    "values with dots in titles and in names of remarks",
    '# To {{ db.release }} now\n\n## `a` of {{ name }} {: #b }\n\n!!! note "Of {{ now().year }}"\n\n    a {{ db.x }}',
    "# To `release` now\n\n## `a` of `name` {#b}\n\n**Note: Of `{{ now().year }}`**  \n\na `{{ db.x }}`",
  ],
  [
    "a shortcode around words whose label is no word of theirs, over two lines",
    'The {{<hover label="spec" line="4">}}name{{</hover>}} and {{<hover\nlabel="spec" line="5">}}kind{{</hover>}} of it.',
    "The name and kind of it.\n",
  ],
  [
    "a remark of Liquid before its words",
    "{% assign a = 1 %}\n{{site.data.alerts.callout_info}}x {{ b.c }}.{{site.data.alerts.end}}",
    "\n**Info:** x `c`.",
  ],
  ["values in titles", "## To {{var.release}}\n{{ 'a {}'.format(b) }}", "## To `release`\na {}"],
  ["a value in another script", "{{ это }}", "`{{ это }}`"],
  [
    "files that mdBook includes",
    "{{#include ../a.md:2:9}}\n{{ #include b.html }}",
    "Included file: ../a.md:2:9\nIncluded file: b.html",
  ],
  [
    "tags of GitBook",
    '{% embed url="https://e.example/v" %}\n{% file src="a.pdf" caption="The plan" %}\n{% hint style="danger" %}\nx\n{% endhint %}\n{% @a/block url="https://e.example/c" %}',
    "<https://e.example/v>\n[The plan](a.pdf)\n**Danger**  \nx\n\n<https://e.example/c>",
  ],
  [
    "code that a tag of GitBook dresses up",
    '{% code title="run.sh" %}\n```sh\nrm {% x %}\n```\n{% endcode %}\nafter',
    "**run.sh**  \n```sh\nrm {% x %}\n```\n\nafter",
  ],
  [
    "a remark of Jekyll's documentation theme",
    "{{site.data.alerts.callout_danger}}\nIt deletes.\n{{site.data.alerts.end}}\n{{site.data.alerts.note}} Short. {{site.data.alerts.end}}",
    "**Danger**  \nIt deletes.\n\n**Note:** Short.",
  ],
  ["a macro's call", '{{ feature_table(since="1.2") }}\ntext', "\ntext"],
  [
    "a shortcode over several lines",
    '{{< figure\n  src="a.png"\n  alt="A"\n>}}\nx',
    "![A](a.png)\n\n\n\nx",
  ],
  [
    "a parameter",
    '<ParamField path="topic" type="string" required>\nIts name.\n</ParamField>',
    "**`topic` (string, required)**  \nIts name.\n",
  ],
  [
    "the branches of a condition on one line",
    "{% if a %}one{% elsif b %}two{% else %}three{% endif %} end{% if c %}.{% endif %}",
    "one two three end.",
  ],
  [
    "what an include of Jekyll is given",
    '{% include note.html content="Mind the `disk`." %}\n{% include a.html id="x" %}',
    "Mind the `disk`.\nIncluded file: a.html",
  ],
  ["a comment of Go's templates", "a {{- /* hidden */ -}} b", "a  b"],
  [
    "what templates of Go do and do not show",
    "{{ if .tls -}} On. {{- else -}} Off. {{- end }}\n{{- range site.Data.x }}\n{{ end }}\nFrom {{ start }} to {{ end }}, {{ if you like }}, `{{ if .x }}`, {{ .name }}",
    " On.   Off.  \n\n \nFrom `{{ start }}` to `{{ end }}`, `{{ if you like }}`, `{{ if .x }}`, {{ .name }}",
  ],
  [
    "values that a site fills in",
    'Ruby {{ site.data.ruby.least_version }} or {{page.tags["new"] | upcase}}, © {{ "now" | date: "%Y" }}, [{{{ .cloud }}}](a.md), `{{ site.b }}`, {{ctx.name}}',
    "Ruby `least_version` or `new`, © now, [`cloud`](a.md), `{{ site.b }}`, `{{ctx.name}}`",
  ],
  [
    "code that Hugo shows in several languages",
    "{{< code-toggle file=hugo >}}\nb = [['[', '{{ . }}']]\n{{< /code-toggle >}}",
    "```\nb = [['[', '{{ . }}']]\n```",
  ],
  [
    "a value that the page sets itself",
    "{% assign release = site.newest %}\nTake {{ release }}, [here]({{ release }}.md), `{{ release }}` and {% raw %}{{ other }}{% endraw %}.",
    "\nTake `release`, [here](.md), `{{ release }}` and `{{ other }}`.",
  ],
  [
    "names that a site or a reader fills in, also in an address and in an item",
    '# Set {{ kind|title }} of {{ it }}\n\nTake "https://{{host}}/v1?id={{ID OF IT}}", >={{least}}.\n\n1. a\n\n    {{ b }}\n\nx\n\n    {{ c }}',
    '# Set `kind` of `it`\n\nTake "`https://{{host}}/v1?id={{ID OF IT}}`", >=`{{least}}`.\n\n1. a\n\n    `{{ b }}`\n\nx\n\n    {{ c }}',
  ],
  [
    "tabs and files of mdBook, and blocks of Handlebars",
    '## A\n{{#title T}}\n{{#tabs name:"x" tabs:"Linux"}}\n{{#tab Linux}}\nrun\n{{#/tab }}\n{{#/tabs }}\n{{#embed-github repo:"a/b" path:"c.md" }}\n{{#if y}}On{{/if}} in {{#quiz ../q.toml}}',
    "## A\n\n\n### Linux\nrun\n\n\nIncluded file: a/b/c.md\nOn in Included file: ../q.toml",
  ],
  [
    "names within items that tabs indent, and macros of Logseq",
    "- a\n\t- {{ b }} hides {{cloze the answer}}\n\t- {{youtube-timestamp 12}} here, {{{youtube a1-b2_c3}}}",
    "- a\n\t- `{{ b }}` hides the answer\n\t- 12 here, <https://youtu.be/a1-b2_c3>",
  ],
  [
    "what Liquid takes from the data of a site, and a value over two lines",
    '{% for item in site.data.keys %}\n### {{ item.name }}\n{{item.kind | upcase}}{{ item.use }}: <a href="/x/{{ item.id }}" {{ more }}>{{ item.note | replace:\n  "a", "b" }}</a>{% if item.unit %}, in {{ item.unit }}{% endif %}\n{% endfor %}',
    '\n### `name`\n`kind` `use`: <a href="/x/" >`note`</a>, in `unit`\n\n',
  ],
  [
    "code that a page captures for an include",
    "{% capture ask %}\nGET /{% raw %}{{ name }}{% endraw %}\n{% endcapture %}\n{% include code-block.html\n  curl=ask %}\n{% capture words %}\n*x*\n{% endcapture %}",
    "```curl\nGET /{{ name }}\n```\n\n\n\n*x*\n",
  ],
  [
    "an address with a name to be filled in",
    "Type https://a.example/&lt;name&gt;/b.",
    "Type <https://a.example/>&lt;name&gt;/b.",
  ],
  ["a parameter of Hugo's", "etcd {{< param git_tag >}} is out", "etcd `git_tag` is out"],
  [
    "code that Liquid was told to leave alone",
    "`{% raw %}{{ layout }}{% endraw %}`, `[A]({{ site.b }}/c)` and `{% raw %}`",
    "`{{ layout }}`, `[A]({{ site.b }}/c)` and `{% raw %}`",
  ],
  [
    "actions of a template in indented code",
    "Set:\n\n    {{- if .body }}\n    {{ .body }}\n    {{- end }}",
    "Set:\n\n    {{- if .body }}\n    {{ .body }}\n    {{- end }}",
  ],
  [
    "a shortcode of Hugo",
    '{{< notice warning "Mind" >}}\nx\n{{< /notice >}}',
    "**Warning: Mind**  \nx\n",
  ],
  [
    "its other form",
    '{{% alert color="danger" title="T" %}}\nx\n{{% /alert %}}',
    "**Danger: T**  \nx\n",
  ],
  ["a reference of Hugo", 'See {{< ref "a/b.md" >}}.', "See a/b.md."],
  [
    "links by references of Hugo",
    '[a]({{< relref "/b/c.md#d" >}}), [e]({{<ref"./f.md" >}}) and [g]({{% ref path="h.md" lang="de" %}})',
    "[a](/b/c.md#d), [e](./f.md) and [g](h.md)",
  ],
  [
    "remarks of Hugo that name their kind as a class, before words and among them",
    '{{< call-out class="note" title="Note" >}} a\nb {{< /call-out >}}\n\nc {{< note >}}d{{< /note >}}\n- {{< warning >}} e\n- {{< check >}} f',
    "**Note:** a\nb \n\nc **Note:** d\n- **Warning:** e\n-  f",
  ],
  [
    "an example whose code another file may hold",
    '{{< clients-example set="a" description="Say a: b" >}}\n> SET "%%a%%"\n{{< /clients-example >}}\n{{< clients-example set="b" description="Only b" >}}\n{{< /clients-example >}}\nc',
    '``` title="Say a: b"\n> SET "%%a%%"\n```\nOnly b\n\nc',
  ],
  [
    "a picture's card that leads somewhere",
    '{{< image-card image="a.svg" alt="B" title="C" url="/d/" >}}',
    "[C](/d/): B",
  ],
  ["a title to be filled in", '{{< card title="<my-title>" >}}', "\\<my-title>"],
  [
    "code behind backticks that begin none",
    "a (```) or `{% b %}` and ``c`{{ d }}``",
    "a (```) or `{% b %}` and ``c`{{ d }}``",
  ],
  [
    "versions that Hugo fills in",
    "Use {{< my-version >}} or {{< skew currentVersion >}}, {{< icon-a >}} not.",
    "Use `my-version` or `currentVersion`,  not.",
  ],
  [
    "tabs of which one holds a heading",
    '## A\n{{< tabs >}}\n{{% tab title="B" %}}\n### C\n{{% /tab %}}\n{{% tab title="D" %}}\n{{% /tab %}}\n{{< /tabs >}}\n### E\n<Tabs>\n<Tab label="F">',
    "## A\n\n### B\n### C\n\n### D\n\n\n### E\n\n#### F",
  ],
  [
    "code by a tag of Jekyll",
    "{% highlight bash %}\nrm {% x %}\n{% endhighlight %}\nz",
    "```bash\nrm {% x %}\n```\nz",
  ],
  [
    "code by a shortcode of Hugo",
    '{{< highlight bash "linenos=table" >}}\ndf -h\n{{< /highlight >}}\n\nafter',
    "```bash\ndf -h\n```\n\nafter",
  ],
  ["a comment of Jekyll", "{% comment %}\nhidden\n{% endcomment %}\nx", "\n\n\nx"],
  [
    "an image and an include of DocFX",
    ':::image type="content" source="x.png" alt-text="X":::\n[!INCLUDE [a](b.md)]',
    "![X](x.png)\nIncluded file: b.md",
  ],
  ["an include of GitLab", "::include{file=a.md}", "Included file: a.md"],
  [
    "a value as far in as code, right below words",
    "`{% 条 %}`\n    {{ a.b }}\n\n    {{ c.d }}",
    "`{% 条 %}`\n   `{{ a.b }}`\n\n    {{ c.d }}",
  ],
  [
    "a condition that chooses where a link leads, and a space before an address",
    'See [x]{% if page.a == "b" %}(#c){% elsif page.a %}(#d){% else %}({% link {{ v }}/e.md %}#f){% endif %}, [g] ({{ p }}h.html) and [i] (j).',
    "See [x](e.md#f), [g](h.html) and [i] (j).",
  ],
  [
    "a file whose name is a tag in the tag",
    'Take {% file src="a/b" name="{% src="a/b" name="c.txt" %}" %} here.',
    "Take [c.txt](a/b) here.",
  ],
  [
    "what a template of Handlebars asks its author",
    "{{!\n- name it\n- see [[A]]\n}}\nB\n\n{{! c }}\n{{!-- d }}\ne --}}\n\n{{!f}} and {{! g }} h\n\n    {{! i }}\n\n```\n{{! j }}\n```\n\n{{! k\n\nl",
    "\n\n\n\nB\n\n\n\n\n\n{{!f}} and {{! g }} h\n\n    {{! i }}\n\n```\n{{! j }}\n```\n\n{{! k\n\nl",
  ],
  [
    "remarks of Just the Docs, above and below what they are about; of a list and of code they are none",
    "One\ntwo.\n{: .note}\n\n{: .warning }\nCare.\n\n{: .important-title }\n> Look\n>\n> three\n\n{: #x .tip }\n> four\n\n- five\n{: .note}\n\n```\nsix\n{: .note}\n```",
    "**Note:** One\ntwo.\n\n\n\n**Warning:** Care.\n\n\n> **Important: Look**  \n>\n> three\n\n\n> **Tip:** four\n\n- five\n\n\n```\nsix\n{: .note}\n```",
  ],
  [
    "tabs that a line parts, named where they begin",
    '{{< multitabs id="a"\n    tab1="One"\n    tab2="Two" >}}\n\nx\n\n-tab-sep-\n\ny\n\n{{< /multitabs >}}\n\n```\n-tab-sep-\n```',
    "## One\n\n\n\nx\n\n## Two\n\ny\n\n\n\n```\n-tab-sep-\n```",
  ],
  [
    "an include whose name is computed, and one that only puts a button there",
    "{% capture f %}a/{{ page.b }}/c.html{% endcapture %}{% include {{ f }} %}\n\n```\nls\n```\n{% include copy-curl.html %}\n\n{% include copy/d.md %}",
    "Included file: a/c.html\n\n```\nls\n```\n\n\nIncluded file: copy/d.md",
  ],
]);
