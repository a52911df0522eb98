/** A text field with its label, its help and what is wrong with what stands in it. */

import type { JSX, Ref, RefObject } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  id?: string;
  help?: string;
  /** Said at the field; an empty one means that nothing is wrong. Left out where nothing can be. */
  error?: string;
  /** How many lines the field has; one that breaks no lines when left out. */
  rows?: number;
  /** The size of its text; small unless it is the main thing. */
  size?: "sm" | "md";
  longest?: number;
  required?: boolean;
  control?: RefObject<HTMLElement | null>;
  onKeyDown?: (event: KeyboardEvent) => void;
}

export function Field({ label, help, error, ...rest }: FieldProps): JSX.Element {
  const own = useId();
  const id = rest.id ?? own;
  const described = [help && `${id}-help`, error !== undefined && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="ds-field field">
      <label class="ds-label" for={id}>
        {label}
      </label>
      {help && (
        <p id={`${id}-help`} class="field__help">
          {help}
        </p>
      )}
      <Control {...rest} id={id} described={described} wrong={Boolean(error)} />
      {error !== undefined && (
        <p id={`${id}-error`} class="ds-validation-message" role="alert" hidden={!error}>
          {error}
        </p>
      )}
    </div>
  );
}

interface ControlProps extends Omit<FieldProps, "label" | "help" | "error"> {
  described: string;
  wrong: boolean;
}

function Control({
  id,
  rows,
  size = "sm",
  longest,
  control,
  described,
  wrong,
  onValue,
  ...rest
}: ControlProps): JSX.Element {
  const common = {
    ...rest,
    id,
    class: "ds-input",
    dir: "auto" as const,
    "data-size": size === "sm" ? size : undefined,
    maxLength: longest,
    "aria-describedby": described || undefined,
    "aria-invalid": wrong || undefined,
    onInput: (event: { currentTarget: { value: string } }) => onValue(event.currentTarget.value),
  };
  if (rows) return <textarea {...common} ref={control as Ref<HTMLTextAreaElement>} rows={rows} />;
  return <input {...common} ref={control as Ref<HTMLInputElement>} type="text" autoComplete="off" />;
}
