import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ClausePage } from '@/manual/ClausePage';

export const Route = createFileRoute('/_app/manual/clauses/$id')({
  beforeLoad: needs('manual.read'),
  validateSearch: (search: Record<string, unknown>): { on?: string } =>
    search.on ? { on: String(search.on) } : {},
  component: () => <ClausePage {...Route.useParams()} on={Route.useSearch().on} />,
});
