import { useEffect, useRef, useState, type KeyboardEvent } from 'react';

export type EditGo = 'down' | 'right' | 'left' | 'stay';
interface TextEditProps {
  label: string;
  value: string;
  code?: boolean;
  placeholder?: string;
  /** Null accepts; a sentence refuses and stays under the field. */
  check?: (text: string) => string | null;
  /** Text as accepted, unchanged text too. */
  onDone: (text: string, go: EditGo) => void;
  onCancel: () => void;
}

/** Edits one value in its place: Enter and Tab accept, Esc returns, leaving accepts. A half-composed word is never accepted. */
export function TextEdit({ label, value, code, placeholder, check, onDone, onCancel }: TextEditProps) {
  const [text, setText] = useState(value);
  const [refusal, setRefusal] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const finish = (go: EditGo) => {
    const why = check?.(text) ?? null;
    setRefusal(why);
    if (why !== null || over.current) return;
    over.current = true;
    onDone(text, go);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') finish('down');
    else if (event.key === 'Tab') finish(event.shiftKey ? 'left' : 'right');
    else if (event.key === 'Escape') {
      over.current = true;
      onCancel();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span className="edit-field">
      <input
        ref={field}
        aria-label={label}
        aria-invalid={refusal !== null || undefined}
        className={code === true ? 'code' : undefined}
        value={text}
        placeholder={placeholder}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (!over.current && check?.(text) != null) {
            over.current = true;
            onCancel();
          } else finish('stay');
        }}
      />
      {refusal !== null && (
        <span className="edit-why" role="alert">
          {refusal}
        </span>
      )}
    </span>
  );
}
