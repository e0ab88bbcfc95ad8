import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { AccountsPage } from '@/system/AccountsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/accounts')({
  beforeLoad: needs('account.read'),
  validateSearch: listSearch,
  component: AccountsPage,
});
