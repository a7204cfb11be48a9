/** The mark: four unit grids, one of them chosen. */
export function Brand({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden="true">
      <rect x="2" y="2" width="18" height="18" rx="3" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path d="M2.4 8.4h17.2M8.4 2.4v17.2M8.4 14h11" stroke="currentColor" strokeWidth="1.3" />
      <rect x="8.4" y="8.4" width="11.2" height="5.6" fill="currentColor" />
    </svg>
  );
}
