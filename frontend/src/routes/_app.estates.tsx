import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { EstatesPage } from '@/estate/estates/EstatesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/estates')({
  beforeLoad: needs('estate.read'),
  validateSearch: listSearch,
  component: EstatesPage,
});
