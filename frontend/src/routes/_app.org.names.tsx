import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { NamesPage } from '@/org/NamesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/org/names')({
  beforeLoad: needs('org.read'),
  validateSearch: listSearch,
  component: NamesPage,
});
