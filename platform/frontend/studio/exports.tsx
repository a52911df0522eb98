/** The compilation as files: every view in every format, as plain links. */

import type { JSX } from "preact";
import { t } from "../shared/words";
import { Dialog } from "./controls";
import { useDesk } from "./desk";

const DOCUMENTS = ["docx", "odt", "pdf", "md", "html"] as const;
const SHEETS = ["xlsx", "csv"] as const;
const NAMES: Record<string, string> = {
  docx: "Word",
  odt: "OpenDocument",
  pdf: "PDF",
  md: "Markdown",
  xlsx: "Excel",
  csv: "CSV",
  json: "JSON",
};

export function Exports({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog heading={t("Download the summary")} onClose={onClose}>
      <p class="help">{t("The files hold what has come in until now. You can download them again later.")}</p>
      <div class="table-scroll" role="region" tabIndex={0} aria-labelledby="exports-caption">
        <table class="exports">
          <caption id="exports-caption" class="visually-hidden">
            {t("Files to download")}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t("Contents")}</th>
              <th scope="col">{t("Files")}</th>
            </tr>
          </thead>
          <tbody>
            {views().map(({ view, words }) => (
              <tr key={view}>
                <th scope="row">{words}</th>
                <td>
                  <Files view={view} words={words} formats={DOCUMENTS} />
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t("The notes as a table")}</th>
              <td>
                <Files view="" words={t("The notes as a table")} formats={SHEETS} />
              </td>
            </tr>
            <tr>
              <th scope="row">{t("The workshop file, to keep or import")}</th>
              <td>
                <Files view="" words={t("The workshop file, to keep or import")} formats={["json"]} />
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}

function views(): { view: string; words: string }[] {
  return [
    { view: "groups", words: t("By group") },
    { view: "questions", words: t("By question") },
    { view: "full", words: t("Full summary") },
  ];
}

interface FilesProps {
  view: string;
  words: string;
  formats: readonly string[];
}

function Files({ view, words, formats }: FilesProps): JSX.Element {
  const { boot } = useDesk();
  const address = (format: string) =>
    `${boot.urls?.export}?${new URLSearchParams({ as: format, ...(view && { view }) })}`;
  return (
    <ul class="files" role="list">
      {formats.map((format) => (
        <li key={format}>
          <a href={address(format)} download>
            <span class="visually-hidden">{words}, </span>
            {NAMES[format] ?? t("Web page")}
          </a>
        </li>
      ))}
    </ul>
  );
}
