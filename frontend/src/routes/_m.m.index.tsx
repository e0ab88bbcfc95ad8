import { createFileRoute } from '@tanstack/react-router';
import { PhoneHome } from '@/shell/PhoneHome';

export const Route = createFileRoute('/_m/m/')({
  loader: async () => {
    const { cardsAhead } = await import('@/shell/phoneCards');
    await cardsAhead();
  },
  component: PhoneHome,
});
