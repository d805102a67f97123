/** What pages take from elsewhere, and what tags say of interfaces: named where it belongs. */

import { testHabits } from "../../support/habits.ts";

testHabits([
  [
    "files that pages include by tags, calls and elements",
    '{% include-markdown "../a.md" %}\n\n{%\n   include-markdown "b.md"\n   start="<!--x-->"\n%}\n- {% include_cached c.txt %}\n{{ include("d.md") }}\n{{file:e.md}}\n{% render "f.md" %}\n<include src="g.md" />\n:::include{file=h.md}\n{{ toc() }}',
    "Included file: ../a.md\n\nIncluded file: b.md\n\n\n\n- Included file: c.txt\nIncluded file: d.md\nIncluded file: e.md\nIncluded file: f.md\nIncluded file: g.md\nIncluded file: h.md\n",
  ],
  [
    "snippets in a block of lines",
    "--8<--\na.md\nb/c.md\n--8<--\n\n```\n--8<--\nd.md\n```\n\ne.md",
    "\nIncluded file: a.md\nIncluded file: b/c.md\n\n\n```\n--8<--\nd.md\n```\n\ne.md",
  ],
  [
    "operations of an interface, their parameters and answers",
    '{% swagger method="get" path="/pets" baseUrl="https://e.example" summary="All pets" %}\n{% swagger-parameter in="query" name="max" type="Number" required="false" %}\nHow many.\n{% endswagger-parameter %}\n{% swagger-response status="200: OK" description="Some" %}\n{% endswagger-response %}\n{% endswagger %}\n{% openapi src="a.yaml" path="/pets/{id}" method="delete" %}\n{% endopenapi %}\n<ApiCall method="POST" path="/b" />',
    "`GET https://e.example/pets`: All pets\n**`max` (Number)**  \nHow many.\n\n`200: OK`: Some\n\n\n`DELETE /pets/{id}`\n\n`POST /b`",
  ],
  [
    "data of GitHub's manual",
    "{% data reusables.disks.note %}\n\n{% data variables.product.prodname_db %} keeps it.",
    "Included file: reusables.disks.note\n\n`prodname_db` keeps it.",
  ],
]);
