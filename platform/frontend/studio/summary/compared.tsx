/** Two wordings of a line side by side. What one alone has is told by its line or stroke, and in words to those who listen. */

import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { t } from "../../shared/words";
import { compare, type Piece } from "./compare";
import type { Words } from "./draft";
import { useManuscript } from "./manuscript";

interface Wording extends Words {
  title: string;
}

export function Compared({ before, after }: { before: Wording; after: Wording }): JSX.Element {
  const pieces = compare(before.text, after.text);
  return (
    <div class="compared">
      <Side wording={before} pieces={pieces.before} mark="del" />
      <Side wording={after} pieces={pieces.after} mark="ins" />
    </div>
  );
}

interface SideProps {
  wording: Wording;
  pieces: readonly Piece[];
  mark: "del" | "ins";
}

function Side({ wording, pieces, mark: Mark }: SideProps): JSX.Element {
  const { marks } = useManuscript();
  const id = useId();
  return (
    <section class="compared__side" aria-labelledby={id}>
      <h3 id={id} dir="auto">
        {wording.title}
      </h3>
      <p class="note__text" dir="auto">
        {pieces.map(({ text, own }, index) => (own ? <Mark key={index}>{text}</Mark> : <span key={index}>{text}</span>))}
      </p>
      <p class="help">
        {wording.notes.length
          ? t("Sources: %(marks)s", { marks: wording.notes.map((note) => marks.value.get(note) ?? "?").join(", ") })
          : t("No source")}
      </p>
    </section>
  );
}
