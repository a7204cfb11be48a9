import { Component, type ReactNode } from 'react';
import { ErrorNote } from './notes.tsx';

interface State {
  error: Error | null;
}

/** A part of the window that fails says so in its own place; the rest goes on. */
export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className="bar-note">
        <ErrorNote error={error} onRetry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
