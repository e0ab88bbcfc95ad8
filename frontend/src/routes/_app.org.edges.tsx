import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { EdgesPage } from '@/org/EdgesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/org/edges')({
  beforeLoad: needs('org.read'),
  validateSearch: listSearch,
  component: EdgesPage,
});
