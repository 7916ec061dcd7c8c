import '@fontsource-variable/inter/opsz.css';
import './design/tokens.css';
import './design/base.css';
import './design/layout.css';
import './design/components.css';
import './design/calendar-leaf.css';
import './design/fields.css';
import './design/notices.css';
import './design/modal.css';

import { EventosProvider } from '@eventos/wasm/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';

import { takeLinkAnswer } from './auth-link';
import { Screens } from './screens';
import { eventos, queryClient } from './shop';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const linkProblem = takeLinkAnswer();

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <EventosProvider client={eventos}>
        <BrowserRouter>
          <Screens linkProblem={linkProblem} />
        </BrowserRouter>
      </EventosProvider>
    </QueryClientProvider>
  </StrictMode>,
);
