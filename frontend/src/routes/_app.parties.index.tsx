import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { PartiesPage } from '@/owners/parties/PartiesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/parties/')({
  beforeLoad: needs('party.read'),
  validateSearch: listSearch,
  component: PartiesPage,
});
